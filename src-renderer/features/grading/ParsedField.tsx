import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { useState } from 'react';

interface Props<Value> extends Omit<TextFieldProps, 'value' | 'onChange' | 'error'> {
	value: Value;
	/** Reads what is typed; what cannot be read becomes NaN, or whatever else the value's schema refuses. */
	parse: (typed: string) => Value;
	format: (value: Value) => string;
	isWrong?: boolean;
	onChange: (value: Value) => void;
}

/** A text field for something that is not a text. It keeps what is typed, `7,` as much as `7,50`, for as long as that means the value. */
export function ParsedField<Value>({ value, parse, format, isWrong = false, onChange, ...rest }: Props<Value>) {
	const [typed, setTyped] = useState(() => format(value));
	const isSame = JSON.stringify(parse(typed)) === JSON.stringify(value);
	return (
		<TextField
			{...rest}
			value={isSame ? typed : format(value)}
			error={isWrong}
			onChange={(event) => {
				setTyped(event.target.value);
				onChange(parse(event.target.value));
			}}
		/>
	);
}
