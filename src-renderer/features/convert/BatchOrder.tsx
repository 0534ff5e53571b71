import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { useMay } from '../../rpc/useMe.ts';
import { readPath } from '../../ui/readPath.ts';
import { Section } from '../../ui/Section.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { type Destination, startBatch, useBatch } from './batchStore.ts';
import { FormatField } from './FormatField.tsx';
import { formatOfFile, useFormats } from './formatStore.ts';
import { OrderFields } from './OrderFields.tsx';
import { PresetMenu } from './PresetMenu.tsx';

const choices = ['keep', 'rename', 'replace'] as const;

/** Where the results of the next batch go; kept from one to the next. */
const useDestination = create<{ folder: string; existing: (typeof choices)[number] }>(() => ({ folder: '', existing: 'keep' }));

/** How the files of a batch are to be converted, and where the results go. */
export function BatchOrder({ order, onChange }: { order: ConvertOrder; onChange: (changes: Partial<ConvertOrder>) => void }) {
	const { t } = useTranslation('convert');
	const { formats } = useFormats();
	const files = useBatch((state) => state.files);
	const kinds = new Set(files.map(({ name }) => formatOfFile(formats, name)));
	const only = kinds.size === 1 ? ([...kinds][0] ?? null) : null;
	return (
		<Section title={t('batch.order')}>
			<Box sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
				<Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', '& .MuiTextField-root': { minWidth: 168 } }}>
					<FormatField label={t('result.format')} value={order.to} formats={formats ?? []} onChange={(to) => to && onChange({ to })} />
					<Box sx={{ ml: 'auto' }}>
						<PresetMenu order={order} onPick={onChange} />
					</Box>
				</Box>
				<OrderFields order={order} from={order.from ?? only} hasSheets={kinds.has('xlsx') || order.from === 'xlsx'} canKeepAside onChange={onChange} />
				<DestinationFields />
			</Box>
		</Section>
	);
}

/** A folder to write into, for those who may name one; without one the results are kept to be saved. */
function DestinationFields() {
	const { t } = useTranslation('convert');
	const may = useMay('admin');
	const { folder, existing } = useDestination();
	if (!may) return null;
	return (
		<Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
			<TextField
				fullWidth
				label={t('batch.folder')}
				placeholder="/data/results"
				helperText={t('batch.folderHelp')}
				value={folder}
				onChange={(event) => useDestination.setState({ folder: event.target.value })}
				slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 4096 } }}
			/>
			{folder.trim() !== '' && (
				<Box sx={{ flex: 'none', '& .MuiTextField-root': { width: 300 } }}>
					<SelectField
						label={t('batch.existing')}
						value={existing}
						options={choices}
						name={(choice) => t(`batch.existingChoices.${choice as (typeof choices)[number]}`)}
						onChange={(choice) => useDestination.setState({ existing: choices.find((one) => one === choice) ?? existing })}
					/>
				</Box>
			)}
		</Box>
	);
}

function Start({ order, isAtWork }: { order: ConvertOrder; isAtWork: boolean }) {
	const { t } = useTranslation('convert');
	const { files, conversion, sending } = useBatch();
	const may = useMay('admin');
	const { folder, existing } = useDestination();
	const path = readPath(folder);
	const destination: Destination = may && path !== '' ? { folder: path, existing } : null;
	return (
		<Button variant="contained" disabled={files.length === 0 || isAtWork || sending !== null} onClick={() => void startBatch(order, destination)}>
			{t(conversion?.job ? 'batch.again' : 'batch.start', { count: Math.max(1, files.length) })}
		</Button>
	);
}

BatchOrder.Start = Start;
