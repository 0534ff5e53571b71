import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteSource } from '#contract/market.ts';
import { ConnectionTest } from './ConnectionTest.tsx';
import { readAddress } from './readAddress.ts';

interface Props {
	/** What the address is of. */
	ariaLabel: string;
	value: string;
	placeholder?: string;
	/** What "Reset" goes back to; without it there is nothing to go back to. */
	standard?: string;
	/** The source that is asked there: with it the address can be tested. */
	testOf?: RemoteSource;
	/** Keeps it; resolves when that is done. */
	onChange: (value: string) => Promise<void>;
}

/** The address of a server: kept when the field is left or Enter is pressed, Escape takes the typing back. A test keeps what is typed first, so that this is what is asked. */
export function AddressSetting({ ariaLabel, value, placeholder, standard, testOf, onChange }: Props) {
	const { t } = useTranslation('settings');
	const [typed, setTyped] = useState<string | null>(null);
	const read = typed === null ? value : readAddress(typed);
	const isWrong = read === null && typed?.trim() !== '';
	const kept = useRef<Promise<void>>(Promise.resolve());
	const keep = () => {
		if (read !== null && read !== value) kept.current = onChange(read);
		// An empty field is no address, so what was there stays.
		if (!isWrong) setTyped(null);
	};
	return (
		<>
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
							kept.current = onChange(standard);
						}}
					>
						{t('address.reset')}
					</Button>
				)}
			</Box>
			{testOf && (
				<ConnectionTest
					source={testOf}
					address={read ?? value}
					isReady={!isWrong}
					keep={() => {
						keep();
						return kept.current;
					}}
				/>
			)}
		</>
	);
}
