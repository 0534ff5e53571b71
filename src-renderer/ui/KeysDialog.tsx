import Box from '@mui/material/Box';
import { PlainDialog } from './PlainDialog.tsx';

export interface KeyRow {
	/** As they are written on a keyboard. */
	keys: string;
	act: string;
}

interface Props {
	title: string;
	rows: readonly KeyRow[];
	onClose: () => void;
}

/** The keys of a page and what each does. */
export function KeysDialog({ title, rows, onClose }: Props) {
	return (
		<PlainDialog title={title} width="xs" onClose={onClose}>
			<KeyList rows={rows} />
		</PlainDialog>
	);
}

/** Keys and what each does, one a line. */
export function KeyList({ rows }: Pick<Props, 'rows'>) {
	return (
		<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 3, rowGap: 0.75 }}>
			{rows.map(({ keys, act }) => (
				<Box key={keys} sx={{ display: 'contents' }}>
					<Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
						{keys}
					</Box>
					<Box component="dd" sx={{ m: 0 }}>
						{act}
					</Box>
				</Box>
			))}
		</Box>
	);
}
