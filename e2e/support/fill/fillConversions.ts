import type { Client } from '#contract/contract.ts';
import { convertOrder } from '#contract/convertOrder.ts';
import { untilJob } from './untilJob.ts';

/** A batch of three files, one of which cannot be read, converted into YAML. */
export async function fillConversions(client: Client): Promise<string> {
	const files = [
		['class/7b.json', '{"students": [{"name": "Ada", "points": 4.50}, {"name": "陈晨", "points": 3}]}'],
		['class/marks.xml', '<marks><!-- of May --><mark student="Ada">4.5</mark><mark student="Bo">3</mark></marks>'],
		['class/broken.json', '{"students": [{"name": "Ada", "points": }'],
	].map(([fileName = '', text = '']) => ({ fileName, file: new File([text], fileName) }));
	const { id } = await client.convert.sendFiles({ conversionId: null, files });
	const order = convertOrder.parse({ to: 'yaml' });
	await client.convert.start({ conversionId: id, order });
	await untilJob('converting', async () => (await client.convert.list()).find((conversion) => conversion.id === id)?.job);
	await client.convert.savePreset({ name: 'YAML with comments', order });
	return id;
}
