import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';

interface Props {
	label: string;
	items: readonly { id: string; title: string; detail: string }[];
	checkedIds: readonly string[];
	onChange: (ids: string[]) => void;
}

/** Things of one's own, of which any number can be chosen, or all at once. */
export function CheckedList({ label, items, checkedIds, onChange }: Props) {
	const { t } = useTranslation('finetune');
	const isWhole = items.length > 0 && items.every(({ id }) => checkedIds.includes(id));
	const toggle = (id: string) => onChange(checkedIds.includes(id) ? checkedIds.filter((other) => other !== id) : [...checkedIds, id]);
	return (
		<Paper variant="outlined" role="group" aria-label={label} sx={{ px: 1.5, py: 0.5 }}>
			<FormControlLabel
				control={
					<Checkbox
						size="small"
						checked={isWhole}
						indeterminate={!isWhole && checkedIds.length > 0}
						onChange={() => onChange(isWhole ? [] : items.map(({ id }) => id))}
					/>
				}
				label={t('datasets.source.all')}
			/>
			<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 300, overflow: 'auto', borderTop: 1, borderColor: 'divider' }}>
				{items.map(({ id, title, detail }) => (
					<Box component="li" key={id} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
						<FormControlLabel
							control={<Checkbox size="small" checked={checkedIds.includes(id)} onChange={() => toggle(id)} />}
							label={title}
							dir="auto"
							slotProps={{ typography: { noWrap: true } }}
							sx={{ flex: 1, minWidth: 0, '& .MuiFormControlLabel-label': { minWidth: 0 } }}
						/>
						<Typography variant="caption" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
							{detail}
						</Typography>
					</Box>
				))}
			</Box>
		</Paper>
	);
}
