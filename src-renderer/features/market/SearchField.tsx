import ClearIcon from '@mui/icons-material/Close';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The field that takes words, a name or a pasted address; Enter searches; emptied and entered, or by the cross, it leads back to the catalogue. */
export function SearchField({ typed, onSearch }: { typed: string; onSearch: (text: string) => void }) {
	const { t } = useTranslation('market');
	const [text, setText] = useState(typed);
	// The address also changes by the browser's own back and forward.
	useEffect(() => setText(typed), [typed]);
	return (
		<Box component="search" sx={{ display: 'block', mb: 3 }}>
			<Box
				component="form"
				onSubmit={(event) => {
					event.preventDefault();
					onSearch(text.trim());
				}}
				sx={{ display: 'flex', gap: 1, maxWidth: 800 }}
			>
				<TextField
					fullWidth
					value={text}
					onChange={(event) => setText(event.target.value)}
					placeholder={t('search.placeholder')}
					slotProps={{
						htmlInput: { 'aria-label': t('search.label'), maxLength: 300, dir: 'auto', spellCheck: false, autoComplete: 'off' },
						input: {
							startAdornment: (
								<InputAdornment position="start">
									<SearchIcon fontSize="small" />
								</InputAdornment>
							),
							endAdornment: (text !== '' || typed !== '') && (
								<InputAdornment position="end">
									<IconButton
										aria-label={t('search.clear')}
										onClick={() => {
											setText('');
											onSearch('');
										}}
									>
										<ClearIcon fontSize="small" />
									</IconButton>
								</InputAdornment>
							),
						},
					}}
				/>
				<Button type="submit" variant="contained" disabled={text.trim() === '' && typed === ''}>
					{t('search.button')}
				</Button>
			</Box>
		</Box>
	);
}
