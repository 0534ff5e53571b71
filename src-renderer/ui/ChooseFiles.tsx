import Button from '@mui/material/Button';
import { useRef } from 'react';

interface Props {
	label: string;
	/** Endings and media types, as the file input takes them. */
	accept: string;
	isMany?: boolean;
	onFiles: (files: File[]) => void;
}

/** A button that lets the reader choose files of their own. */
export function ChooseFiles({ label, accept, isMany = false, onFiles }: Props) {
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
				accept={accept}
				multiple={isMany}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					// The same file can be chosen again.
					event.currentTarget.value = '';
				}}
			/>
		</>
	);
}
