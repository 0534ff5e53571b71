import Button from '@mui/material/Button';
import { useRef } from 'react';

interface Props {
	label: string;
	/** Endings and media types, as the file input takes them. */
	accept?: string | undefined;
	/** Takes a whole folder; its files come with their paths (`webkitRelativePath`). */
	isFolder?: boolean;
	isMany?: boolean;
	onFiles: (files: File[]) => void;
}

/** A button that lets the reader choose files of their own, or a folder of them. */
export function ChooseFiles({ label, accept, isFolder = false, isMany = false, onFiles }: Props) {
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
				// React and the types of HTML do not know this attribute, which every browser has.
				{...(isFolder && { webkitdirectory: '' })}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					// The same ones can be chosen again.
					event.currentTarget.value = '';
				}}
			/>
		</>
	);
}
