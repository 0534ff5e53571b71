import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

interface Props {
	title: string;
	/** Where, and what. */
	problems: readonly { key: string; place: string; words: string }[];
	/** Said below where there are more than are shown. */
	more?: string | null;
	maxHeight?: number;
}

/** What is wrong in something that was read: each with its place, in a list that scrolls. */
export function ProblemList({ title, problems, more = null, maxHeight = 200 }: Props) {
	return (
		<Box>
			<Typography variant="h2" sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 0.5 }}>
				<WarningIcon fontSize="small" sx={{ color: 'warning.main' }} />
				{title}
			</Typography>
			<Box
				component="ul"
				sx={{
					m: 0,
					p: 0,
					listStyle: 'none',
					maxHeight,
					overflow: 'auto',
					display: 'grid',
					gridTemplateColumns: 'fit-content(40%) 1fr',
					columnGap: 2,
					rowGap: 0.5,
				}}
			>
				{problems.map(({ key, place, words }) => (
					<Box component="li" key={key} sx={{ display: 'contents', fontVariantNumeric: 'tabular-nums' }}>
						<Typography sx={{ color: 'text.secondary', minWidth: 96, overflowWrap: 'anywhere' }}>{place}</Typography>
						<Typography dir="auto" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
							{words}
						</Typography>
					</Box>
				))}
			</Box>
			{more !== null && <Typography sx={{ color: 'text.secondary' }}>{more}</Typography>}
		</Box>
	);
}
