import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

/** A button that lets the reader choose a folder of their own; its files come with their paths (`webkitRelativePath`). */
export function ChooseFolder({ label, onFiles }: { label: string; onFiles: (files: File[]) => void }) {
	return (
		<Button component="label" variant="outlined" size="small" sx={{ flex: 'none' }}>
			{label}
			<Box
				component="input"
				type="file"
				// React and the types of HTML do not know this attribute, which every browser has.
				{...{ webkitdirectory: '' }}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					// The same folder can be chosen again.
					event.currentTarget.value = '';
				}}
				sx={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
			/>
		</Button>
	);
}
