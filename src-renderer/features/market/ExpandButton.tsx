import ExpandIcon from '@mui/icons-material/ExpandMore';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';

interface Props {
	/** Of what the memory is shown. */
	name: string;
	isOpen: boolean;
	/** The element that it opens and closes. */
	controls: string;
	onToggle: () => void;
}

/** Opens and closes what a model would take of the memory. */
export function ExpandButton({ name, isOpen, controls, onToggle }: Props) {
	const { t } = useTranslation('market');
	return (
		<IconButton aria-label={t('fit.details', { name })} aria-expanded={isOpen} aria-controls={controls} onClick={onToggle}>
			<ExpandIcon fontSize="small" sx={{ transform: isOpen ? 'rotate(180deg)' : 'none', transition: 'transform 120ms' }} />
		</IconButton>
	);
}
