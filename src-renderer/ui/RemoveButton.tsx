import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { notifyError } from './notify.ts';
import { removeAimed } from './removeAimed.ts';

interface Props {
	/** Names the thing. */
	label: string;
	/** What is told to those who point at it; the label unless it says why it cannot be removed. */
	hint?: string;
	isDisabled?: boolean;
	/** Takes the thing away in a manner that can be undone; a dialog that asks first needs no such button. */
	onRemove: () => unknown;
}

/** The bin of a row that goes at once: a second press that lands on the row which moved up does nothing. */
export function RemoveButton({ label, hint = label, isDisabled = false, onRemove }: Props) {
	return (
		<Tooltip title={hint}>
			<span>
				<IconButton aria-label={label} disabled={isDisabled} onClick={() => void removeAimed(onRemove).catch(notifyError)}>
					<DeleteIcon fontSize="small" />
				</IconButton>
			</span>
		</Tooltip>
	);
}
