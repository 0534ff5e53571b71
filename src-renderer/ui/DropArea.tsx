import Box from '@mui/material/Box';
import { type DragEvent, type ReactNode, useState } from 'react';
import { droppedFiles } from './droppedFiles.ts';

interface Props {
	/** Takes what is in dropped folders too, file by file. */
	takesFolders?: boolean;
	onFiles: (files: File[]) => void;
	children: ReactNode;
}

/** A place that takes files which are dropped on it; what else it holds is its children. */
export function DropArea({ takesFolders = false, onFiles, children }: Props) {
	const [isOver, setOver] = useState(false);
	const dropped = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		if (takesFolders) void droppedFiles(event.dataTransfer).then(onFiles);
		else onFiles([...event.dataTransfer.files]);
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
