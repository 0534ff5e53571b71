import CloseIcon from '@mui/icons-material/Close';
import FileIcon from '@mui/icons-material/DescriptionOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useFormat } from './format.ts';

/** A file that was chosen: its name and size, and the way to take it away again. */
export function ChosenFile({ name, sizeBytes, removeLabel, onRemove }: { name: string; sizeBytes: number; removeLabel: string; onRemove: () => void }) {
	const format = useFormat();
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 36 }}>
			<FileIcon fontSize="small" sx={{ color: 'text.secondary' }} />
			<Typography noWrap dir="auto">
				{name}
			</Typography>
			<Typography sx={{ color: 'text.secondary', flex: 1, whiteSpace: 'nowrap' }}>{format.bytes(sizeBytes)}</Typography>
			<IconButton aria-label={removeLabel} onClick={onRemove}>
				<CloseIcon fontSize="small" />
			</IconButton>
		</Box>
	);
}
