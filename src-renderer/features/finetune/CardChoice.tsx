import Box from '@mui/material/Box';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

interface Card<Value extends string> {
	value: Value;
	title: string;
	text: string;
}

interface Props<Value extends string> {
	/** The id of what names the choice. */
	labelId: string;
	cards: readonly Card<Value>[];
	value: Value;
	onChange: (value: Value) => void;
}

/** One of a few, each a card in plain words; a group of radio buttons for the keyboard and for screen readers. */
export function CardChoice<Value extends string>({ labelId, cards, value, onChange }: Props<Value>) {
	const id = useId();
	return (
		<RadioGroup
			aria-labelledby={labelId}
			value={value}
			onChange={(_event, chosen) => {
				const card = cards.find((each) => each.value === chosen);
				if (card) onChange(card.value);
			}}
			sx={{ display: 'grid', gridTemplateColumns: `repeat(${cards.length}, minmax(0, 1fr))`, gap: 1.5 }}
		>
			{cards.map((card) => {
				const isChosen = card.value === value;
				return (
					<Box
						component="label"
						key={card.value}
						sx={{
							display: 'flex',
							alignItems: 'flex-start',
							gap: 1,
							p: 1.5,
							borderRadius: 1,
							cursor: 'pointer',
							border: 1,
							borderColor: isChosen ? 'primary.main' : 'surface.line',
							bgcolor: isChosen ? 'action.selected' : 'background.paper',
							'&:hover': { borderColor: isChosen ? 'primary.main' : 'text.secondary' },
						}}
					>
						<Radio
							size="small"
							value={card.value}
							sx={{ p: 0, mt: 0.25 }}
							slotProps={{ input: { 'aria-labelledby': `${id}-${card.value}`, 'aria-describedby': `${id}-${card.value}-text` } }}
						/>
						<Box sx={{ minWidth: 0 }}>
							<Typography id={`${id}-${card.value}`} sx={{ fontWeight: 600 }}>
								{card.title}
							</Typography>
							<Typography id={`${id}-${card.value}-text`} variant="caption" component="p" sx={{ color: 'text.secondary', m: 0 }}>
								{card.text}
							</Typography>
						</Box>
					</Box>
				);
			})}
		</RadioGroup>
	);
}
