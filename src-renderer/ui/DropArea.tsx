import Box from '@mui/material/Box';
import { type DragEvent, type ReactNode, useState } from 'react';

/** A place that takes files which are dropped on it; what else it holds is its children. */
export function DropArea({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
	const [isOver, setOver] = useState(false);
	const dropped = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		onFiles([...event.dataTransfer.files]);
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
			{children}
		</Box>
	);
}
