import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Inputs } from '#contract/contract.ts';
import type { RecordField } from '#contract/convertRecords.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';

interface Props {
	content: string;
	fields: RecordField[];
	who: { modelId: string; adapter: AttachedAdapter | null };
}

/** About what the next step costs: to have fields proposed while there is none, else to have the records made. */
export function RecordsCost({ content, fields, who }: Props) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const [tokens, setTokens] = useState<number | null>(null);
	const isEmpty = content.trim() === '';
	const key = JSON.stringify({ content, ...who, fields: fields.length === 0 ? null : fields });
	useEffect(() => {
		setTokens(null);
		if (isEmpty) return;
		const left = new AbortController();
		// An order is plain data, so that its text is all of it.
		const order: Inputs['convert']['recordsCost'] = JSON.parse(key);
		const timer = setTimeout(() => {
			// Why it cannot be told is told by the act itself.
			client.convert.recordsCost(order, { signal: left.signal }).then(
				({ tokens: cost }) => setTokens(cost),
				() => undefined,
			);
		}, 300);
		return () => {
			clearTimeout(timer);
			left.abort();
		};
	}, [key, isEmpty]);
	return (
		<Typography role="status" sx={{ color: 'text.secondary' }}>
			{isEmpty
				? t('records.promise')
				: tokens === null
					? ''
					: t(fields.length === 0 ? 'records.costFields' : 'records.cost', { tokens: format.number(tokens) })}
		</Typography>
	);
}
