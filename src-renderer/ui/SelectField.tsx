import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

interface Props {
	label: string;
	value: string;
	options: readonly string[];
	name?: (option: string) => string;
	isRequired?: boolean;
	isDisabled?: boolean;
	onChange: (option: string) => void;
	/** Told when the list opens, and when it closes. */
	onOpen?: (isOpen: boolean) => void;
}

/** One of a few texts, chosen from a list; `name` says how each is shown. */
export function SelectField({ label, value, options, name = (option) => option, isRequired = false, isDisabled = false, onChange, onOpen }: Props) {
	return (
		<TextField
			select
			label={label}
			required={isRequired}
			disabled={isDisabled}
			value={value}
			onChange={(event) => onChange(event.target.value)}
			slotProps={{ select: { displayEmpty: true, onOpen: () => onOpen?.(true), onClose: () => onOpen?.(false) }, inputLabel: { shrink: true } }}
		>
			{options.map((option) => (
				<MenuItem key={option} value={option} dir="auto">
					{name(option)}
				</MenuItem>
			))}
		</TextField>
	);
}
