import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';

/** What a proposal tells the student to do next. */
export function Suggestions({ suggestions }: { suggestions: readonly string[] }) {
	const { t } = useTranslation('grading');
	if (suggestions.length === 0) return null;
	return (
		<Box>
			<Typography variant="caption" component="h3" sx={{ color: 'text.secondary' }}>
				{t('proposal.suggestions')}
			</Typography>
			<Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
				{[...new Set(suggestions)].map((suggestion) => (
					<li key={suggestion} dir="auto">
						{suggestion}
					</li>
				))}
			</Box>
		</Box>
	);
}
