import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

interface Props {
	words: string;
	action: { label: string; onClick: () => void; isDisabled: boolean };
}

/** Says under a message how it stands, where that is not as one would expect, with the one thing to do about it. */
export function Remark({ words, action }: Props) {
	return (
		<Box
			sx={{
				display: 'flex',
				alignItems: 'center',
				flexWrap: 'wrap',
				columnGap: 1,
				mt: 1,
				pl: 1.5,
				borderInlineStart: '2px solid',
				borderColor: 'warning.main',
			}}
		>
			<Typography sx={{ color: 'text.secondary' }}>{words}</Typography>
			<Button size="small" disabled={action.isDisabled} onClick={action.onClick}>
				{action.label}
			</Button>
		</Box>
	);
}
