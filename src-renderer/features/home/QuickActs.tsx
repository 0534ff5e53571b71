import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import FinetuneIcon from '@mui/icons-material/SchoolOutlined';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import ConvertIcon from '@mui/icons-material/SwapHorizOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

const acts = [
	{ name: 'chat', icon: ChatIcon, to: '/chat' },
	{ name: 'grading', icon: GradingIcon, to: '/grading/new' },
	{ name: 'subtitles', icon: SubtitlesIcon, to: '/subtitles/new' },
	{ name: 'convert', icon: ConvertIcon, to: '/convert' },
	{ name: 'finetune', icon: FinetuneIcon, to: '/finetune/new' },
] as const;

/** The ways into new work, in one row. */
export function QuickActs() {
	const { t } = useTranslation('home');
	return (
		<Box component="nav" aria-label={t('quick.label')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 3 }}>
			{acts.map(({ name, icon: Icon, to }) => (
				<Button key={name} component={Link} to={to} variant="outlined" color="inherit" startIcon={<Icon />}>
					{t(`quick.${name}`)}
				</Button>
			))}
		</Box>
	);
}
