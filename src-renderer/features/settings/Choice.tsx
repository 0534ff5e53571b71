import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';

interface ChoiceProps<Value extends string> {
	labelId: string;
	value: Value;
	options: Record<Value, string>;
	onChange: (value: Value) => void;
}

/** One of a few values, all of them in sight. */
export function Choice<Value extends string>({ labelId, value, options, onChange }: ChoiceProps<Value>) {
	return (
		<ToggleButtonGroup
			exclusive
			size="small"
			aria-labelledby={labelId}
			value={value}
			onChange={(_event, chosen: Value | null) => {
				if (chosen !== null) onChange(chosen);
			}}
		>
			{Object.entries<string>(options).map(([key, name]) => (
				<ToggleButton key={key} value={key}>
					{name}
				</ToggleButton>
			))}
		</ToggleButtonGroup>
	);
}
