import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

interface Props {
	label: string;
	/** Endings and media types, as the file input takes them. */
	accept: string;
	isMany?: boolean;
	onFiles: (files: File[]) => void;
}

/** A button that lets the reader choose files of their own. */
export function ChooseFiles({ label, accept, isMany = false, onFiles }: Props) {
	return (
		<Button component="label" variant="outlined" size="small" sx={{ flex: 'none' }}>
			{label}
			<Box
				component="input"
				type="file"
				accept={accept}
				multiple={isMany}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					// The same file can be chosen again.
					event.currentTarget.value = '';
				}}
				sx={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
			/>
		</Button>
	);
}
