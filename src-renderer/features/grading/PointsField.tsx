import { ParsedField } from './ParsedField.tsx';
import { parsePoints } from './parsePoints.ts';

interface Props {
	label: string;
	/** The label is for those alone who cannot see what the field stands beside. */
	isLabelHidden?: boolean;
	/** NaN while what is typed is no points. */
	value: number;
	/** Points as they are typed have no sign, and are taken off. */
	isTakenOff?: boolean;
	isWrong?: boolean;
	helperText?: string | null;
	onChange: (points: number) => void;
}

/** Points, halves and quarters too, with a comma or a dot. */
export function PointsField({ label, isLabelHidden = false, value, isTakenOff = false, isWrong, helperText = null, onChange }: Props) {
	const sign = isTakenOff ? -1 : 1;
	return (
		<ParsedField
			{...(!isLabelHidden && { label })}
			value={value}
			parse={(typed) => (isTakenOff ? -Math.abs(parsePoints(typed)) : parsePoints(typed))}
			format={(points) => (Number.isNaN(points) ? '' : String(points * sign))}
			isWrong={isWrong ?? Number.isNaN(value)}
			helperText={helperText}
			onChange={onChange}
			slotProps={{
				htmlInput: {
					inputMode: 'decimal',
					autoComplete: 'off',
					...(isLabelHidden && { 'aria-label': label }),
					sx: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
				},
			}}
		/>
	);
}
