import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAddress } from './readAddress.ts';

interface Props {
	/** What the address is of. */
	ariaLabel: string;
	value: string;
	/** What stands before an address that is typed without. */
	scheme: 'https' | 'http';
	placeholder?: string;
	/** What "Reset" goes back to; without it there is nothing to go back to. */
	standard?: string;
	onChange: (value: string) => void;
}

/** The address of a server: kept when the field is left or Enter is pressed, Escape takes the typing back. */
export function AddressSetting({ ariaLabel, value, scheme, placeholder, standard, onChange }: Props) {
	const { t } = useTranslation('settings');
	const [typed, setTyped] = useState<string | null>(null);
	const read = typed === null ? value : readAddress(typed, scheme);
	const isWrong = read === null && typed?.trim() !== '';
	const keep = () => {
		if (read !== null && read !== value) onChange(read);
		// An empty field is no address, so what was there stays.
		if (!isWrong) setTyped(null);
	};
	return (
		<Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mt: 1 }}>
			<TextField
				fullWidth
				value={typed ?? value}
				placeholder={placeholder ?? ''}
				error={isWrong}
				helperText={isWrong ? t('address.wrong') : null}
				onChange={(event) => setTyped(event.target.value)}
				onBlur={keep}
				onKeyDown={(event) => {
					if (event.key === 'Enter') keep();
					if (event.key === 'Escape') setTyped(null);
				}}
				slotProps={{ htmlInput: { type: 'url', dir: 'ltr', spellCheck: false, autoCapitalize: 'none', 'aria-label': ariaLabel } }}
			/>
			{standard !== undefined && value !== standard && (
				<Button
					variant="outlined"
					color="inherit"
					onClick={() => {
						setTyped(null);
						onChange(standard);
					}}
				>
					{t('address.reset')}
				</Button>
			)}
		</Box>
	);
}
