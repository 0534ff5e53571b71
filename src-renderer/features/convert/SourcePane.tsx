import ClearIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { EncodingField } from '../../ui/EncodingField.tsx';
import { notifyError } from '../../ui/notify.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { useAim } from '../../ui/useAim.ts';
import { brokenPlace } from './brokenPlace.ts';
import { CodePane } from './CodePane.tsx';
import { clearSource, readIn, setContent, setOrder, takeBack, takeText, useConvert } from './convertStore.ts';
import { exampleText } from './exampleText.ts';
import { FormatField } from './FormatField.tsx';
import { acceptOf, useFormats } from './formatStore.ts';
import { PaneHead } from './PaneHead.tsx';
import { useTakeSources } from './useTakeSources.ts';

/** What is converted: typed, pasted, dropped or chosen, with the format that it was found to be in. */
export function SourcePane() {
	const { t } = useTranslation('convert');
	const { content, file, order, result, error, place } = useConvert();
	const { formats } = useFormats();
	const take = useTakeSources();
	const isEmpty = content === '';
	const isBroken = file !== null && content.includes('\ufffd');
	// UTF-8 proves itself; any other encoding was a guess.
	const isDoubtful = file !== null && (isBroken || file.encoding !== 'utf-8');
	useAim(['example'], true, () => isEmpty && takeText(exampleText, null, 'yaml'));
	return (
		<Box component="section" aria-label={t('source.label')} sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 }}>
			<PaneHead
				acts={
					<>
						<ChooseFiles label={t('source.choose')} accept={acceptOf(formats)} isMany onFiles={take} />
						{!isEmpty && <ChooseFiles label={t('source.back')} accept=".json" onFiles={(files) => void takeBack(files).catch(notifyError)} />}
						{!isEmpty && (
							<SymbolButton label={t('source.clear')} onClick={clearSource}>
								<ClearIcon fontSize="small" />
							</SymbolButton>
						)}
					</>
				}
			>
				<FormatField
					label={t('source.format')}
					value={order.from}
					found={result?.from ?? null}
					formats={formats ?? []}
					isFound
					onChange={(from) => setOrder({ from })}
				/>
				{file && isDoubtful && <EncodingField found={file.encoding} onChange={(encoding) => void readIn(encoding).catch(notifyError)} />}
				{file && (
					<Typography noWrap dir="auto" sx={{ color: 'text.secondary', minWidth: 0 }}>
						{file.file.name}
					</Typography>
				)}
			</PaneHead>
			{isBroken && (
				<Alert severity="warning" variant="standard" sx={{ borderRadius: 0, py: 0 }}>
					{t('source.broken')}
				</Alert>
			)}
			<CodePane
				label={t('source.label')}
				text={content}
				format={order.from ?? result?.from ?? null}
				hint={t('source.hint')}
				brokenLine={brokenPlace(error)?.line ?? null}
				place={place}
				onChange={(text) => setContent(text)}
			/>
			{isEmpty && (
				<Box sx={{ px: 1.5, py: 1, borderTop: 1, borderColor: 'divider', display: 'flex', alignItems: 'center', gap: 1.5 }}>
					<Typography sx={{ color: 'text.secondary', flex: 1 }}>{t('source.empty')}</Typography>
					<Button size="small" variant="outlined" color="inherit" onClick={() => takeText(exampleText, null, 'yaml')}>
						{t('source.example')}
					</Button>
				</Box>
			)}
		</Box>
	);
}
