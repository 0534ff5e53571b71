import Alert from '@mui/material/Alert';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adapter, MergeType } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { useModels } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { mergedBytes } from './arrangeAdapters.ts';

const types: readonly MergeType[] = ['base', 'Q8_0', 'F16'];
const fineTypes: readonly string[] = ['F32', 'F16', 'BF16', 'Q8_0'];

/** Asks how an adapter is to become a model of its own: its name, and how its weights are stored, each with the size. */
export function MergeDialog({ adapter, onClose }: { adapter: Adapter; onClose: () => void }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const labelId = useId();
	const base = useModels().value?.find(({ id }) => id === adapter.modelId) ?? null;
	const [name, setName] = useState(`${adapter.modelName} ${adapter.name}`.slice(0, 120));
	const safety = adapter.outcome?.safety ?? null;
	// What cannot be made public cannot be merged, since everybody gets what is merged.
	const isBlocked = safety === null ? adapter.origin.from === 'run' : safety.dropped;
	// What is stored coarsely loses the finest of what was learnt.
	const isFine = base !== null && fineTypes.includes(base.quantization);
	const offered = types.filter((each) => each !== base?.quantization);
	const [type, setType] = useState<MergeType>('base');
	const merge = async () => {
		await client.finetune.mergeAdapter({ adapterId: adapter.id, type, name: name.trim() });
		notify(t('merge.started', { name: name.trim() }));
	};
	return (
		<ConfirmDialog open title={t('merge.title')} confirmLabel={t('merge.act')} isReady={name.trim() !== '' && !isBlocked} onConfirm={merge} onClose={onClose}>
			<Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('merge.text')}</Typography>
			<Alert severity={isBlocked ? 'error' : safety === null ? 'warning' : 'info'} variant="outlined" sx={{ mb: 2 }}>
				{t('merge.forAll')}{' '}
				{safety === null
					? t(adapter.origin.from === 'import' ? 'merge.unchecked' : 'merge.notCheckedYet')
					: t(isBlocked ? 'merge.blocked' : 'merge.checked', { before: safety.refusedBefore, after: safety.refusedAfter, prompts: safety.prompts })}
			</Alert>
			<TextField
				fullWidth
				label={t('merge.name')}
				value={name}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { maxLength: 120, dir: 'auto', autoComplete: 'off' } }}
				sx={{ mb: 2 }}
			/>
			<Typography id={labelId} variant="h3">
				{t('merge.type')}
			</Typography>
			<RadioGroup aria-labelledby={labelId} value={type} onChange={(_event, chosen) => setType(types.find((each) => each === chosen) ?? 'base')}>
				{offered.map((each) => {
					const bytes = base === null ? null : mergedBytes(each, base);
					return (
						<FormControlLabel
							key={each}
							value={each}
							control={<Radio size="small" sx={{ py: 0.5 }} />}
							sx={{ alignItems: 'flex-start', mt: 0.5, mr: 0 }}
							label={
								<>
									{t(`merge.types.${each}`, { quantization: base?.quantization ?? '' })}
									<Typography component="span" variant="caption" sx={{ display: 'block', color: 'text.secondary' }}>
										{[t(`merge.help.${each === 'base' && isFine ? 'Q8_0' : each}`), bytes === null ? '' : t('merge.about', { bytes: format.bytes(bytes) })]
											.filter(Boolean)
											.join(' ')}
									</Typography>
								</>
							}
						/>
					);
				})}
			</RadioGroup>
		</ConfirmDialog>
	);
}
