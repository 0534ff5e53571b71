import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { readPath } from '../../ui/readPath.ts';
import { PathField } from './PathField.tsx';

interface Props {
	label: string;
	example: string;
	act: string;
	/** Takes the path; what it rejects with is shown below the field. */
	onPath: (path: string) => Promise<void>;
	/** What else is asked, between the path and what went wrong. */
	children?: ReactNode;
}

/** A path on the machine where Homeroom runs, and what is to be done with it. */
export function PathForm({ label, example, act, onPath, children }: Props) {
	const [typed, setTyped] = useState('');
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const path = readPath(typed);
	const submit = async () => {
		setBusy(true);
		setError(null);
		try {
			await onPath(path);
		} catch (thrown) {
			setError(thrown);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Box
			component="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (path && !isBusy) void submit();
			}}
		>
			<Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
				<PathField label={label} example={example} value={typed} onChange={setTyped} />
				<Button type="submit" variant="contained" disabled={!path} loading={isBusy} sx={{ mt: '2px', flex: 'none' }}>
					{act}
				</Button>
			</Box>
			{children}
			<ErrorNotice error={error} sx={{ mt: 2 }} />
		</Box>
	);
}
