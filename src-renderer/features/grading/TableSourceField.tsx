import CloseIcon from '@mui/icons-material/Close';
import FileIcon from '@mui/icons-material/DescriptionOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { setSource, useNewAssignment } from './newAssignmentStore.ts';

const quietMs = 300;

/** Takes the class's table: a file that is dropped or chosen, or text that is pasted. */
export function TableSourceField() {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const source = useNewAssignment((state) => state.source);
	const [isOver, setOver] = useState(false);
	const takeFile = (file: File | undefined) => {
		if (file) void setSource({ file, fileName: file.name });
	};
	const dropped = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		takeFile(event.dataTransfer.files[0]);
	};
	return (
		<Box
			onDragOver={(event) => {
				event.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
			onDrop={dropped}
			sx={{
				p: 2,
				border: '1px dashed',
				borderColor: isOver ? 'primary.main' : 'surface.line',
				borderRadius: 1,
				bgcolor: isOver ? 'action.selected' : 'surface.sunken',
			}}
		>
			{source !== null && 'file' in source ? (
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 36 }}>
					<FileIcon fontSize="small" sx={{ color: 'text.secondary' }} />
					<Typography noWrap dir="auto">
						{source.fileName}
					</Typography>
					<Typography sx={{ color: 'text.secondary', flex: 1, whiteSpace: 'nowrap' }}>{format.bytes(source.file.size)}</Typography>
					<IconButton aria-label={t('source.remove')} onClick={() => void setSource(null)}>
						<CloseIcon fontSize="small" />
					</IconButton>
				</Box>
			) : (
				<>
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1.5 }}>
						<Typography sx={{ flex: 1 }}>{t('source.drop')}</Typography>
						<Button component="label" variant="outlined" size="small">
							{t('source.choose')}
							<Box
								component="input"
								type="file"
								accept=".csv,.tsv,.txt,.tab,text/csv,text/tab-separated-values,text/plain"
								onChange={(event) => takeFile(event.currentTarget.files?.[0])}
								sx={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
							/>
						</Button>
					</Box>
					<PastedTable />
				</>
			)}
		</Box>
	);
}

/** The pasted table; it is read once typing rests. */
function PastedTable() {
	const { t } = useTranslation('grading');
	const kept = useNewAssignment(({ source }) => (source !== null && 'text' in source ? source.text : ''));
	const [text, setText] = useState(kept);
	// The form can be filled or emptied from outside, as with the example.
	useEffect(() => setText(kept), [kept]);
	useEffect(() => {
		if (text === kept) return;
		const timer = setTimeout(() => void setSource(text.trim() === '' ? null : { text }), quietMs);
		return () => clearTimeout(timer);
	}, [text, kept]);
	return (
		<TextField
			fullWidth
			multiline
			minRows={3}
			maxRows={6}
			placeholder={t('source.paste')}
			value={text}
			onChange={(event) => setText(event.target.value)}
			slotProps={{ htmlInput: { 'aria-label': t('source.pasteLabel'), dir: 'auto', spellCheck: false }, input: { sx: { typography: 'caption' } } }}
		/>
	);
}
