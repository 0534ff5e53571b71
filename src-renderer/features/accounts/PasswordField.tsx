import HiddenIcon from '@mui/icons-material/VisibilityOffOutlined';
import ShownIcon from '@mui/icons-material/VisibilityOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
	label: string;
	value: string;
	onChange: (value: string) => void;
	/** `new-password`: one is being chosen, so its rules stand below. */
	autoComplete: 'current-password' | 'new-password';
	/** What is wrong with it. */
	error?: string | null;
	/** Said below instead of the rules. */
	help?: string;
	/** It is where typing begins, in a dialog that opens. */
	hasFocus?: boolean;
	inputRef?: Ref<HTMLInputElement>;
}

/** A password: hidden until its eye is pressed, with a word when Caps Lock is on. */
export function PasswordField({ label, value, onChange, autoComplete, error = null, help, hasFocus = false, inputRef = null }: Props) {
	const { t } = useTranslation('accounts');
	const [isShown, setShown] = useState(false);
	const [isCapsLock, setCapsLock] = useState(false);
	const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
	const rules = help ?? (autoComplete === 'new-password' ? t('password.rules') : null);
	return (
		<TextField
			fullWidth
			label={label}
			type={isShown ? 'text' : 'password'}
			value={value}
			error={error !== null}
			helperText={error ?? (isCapsLock ? t('password.capsLock') : rules)}
			onChange={(event) => onChange(event.target.value)}
			onKeyDown={look}
			onKeyUp={look}
			onBlur={() => setCapsLock(false)}
			autoFocus={hasFocus}
			inputRef={inputRef}
			slotProps={{
				htmlInput: { autoComplete, spellCheck: false, autoCapitalize: 'none', dir: 'ltr', maxLength: 1000 },
				formHelperText: { role: 'status' },
				input: {
					endAdornment: (
						<InputAdornment position="end">
							<Tooltip title={isShown ? t('password.hide') : t('password.show')}>
								<IconButton edge="end" aria-label={t('password.show')} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
									{isShown ? <HiddenIcon fontSize="small" /> : <ShownIcon fontSize="small" />}
								</IconButton>
							</Tooltip>
						</InputAdornment>
					),
				},
			}}
		/>
	);
}
