import Button from '@mui/material/Button';
import { useRef } from 'react';

/** A button that lets the reader choose a folder of their own; its files come with their paths (`webkitRelativePath`). */
export function ChooseFolder({ label, onFiles }: { label: string; onFiles: (files: File[]) => void }) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<Button variant="outlined" size="small" onClick={() => input.current?.click()} sx={{ flex: 'none' }}>
				{label}
			</Button>
			<input
				ref={input}
				hidden
				aria-label={label}
				type="file"
				// React and the types of HTML do not know this attribute, which every browser has.
				{...{ webkitdirectory: '' }}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					// The same folder can be chosen again.
					event.currentTarget.value = '';
				}}
			/>
		</>
	);
}
