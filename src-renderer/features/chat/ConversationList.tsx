import AddIcon from '@mui/icons-material/Add';
import ImportIcon from '@mui/icons-material/FileUploadOutlined';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { type ConversationHead, useChat } from './chatStore.ts';
import { ImportChats } from './ImportChats.tsx';
import { useBeginConversation } from './useBeginConversation.ts';

const rowHeightPx = 36;

/** All conversations, newest first, with a search by title. Only the rows in view are drawn. */
export function ConversationList({ openId }: { openId: string | null }) {
	const { t } = useTranslation('chat');
	const heads = useChat((state) => state.heads);
	const [query, setQuery] = useState('');
	const [isImporting, setImporting] = useState(false);
	const begin = useBeginConversation();
	const found = useMemo(() => searchTitles(heads ?? [], query), [heads, query]);
	return (
		<Box
			component="section"
			aria-label={t('list.label')}
			sx={{ width: { xs: 224, lg: 280 }, flex: 'none', borderRight: 1, borderColor: 'divider', display: 'flex', flexDirection: 'column', minHeight: 0 }}
		>
			<PageHeader
				title={t('title')}
				action={
					<>
						<SymbolButton label={t('import.open')} onClick={() => setImporting(true)}>
							<ImportIcon fontSize="small" />
						</SymbolButton>
						<Button variant="outlined" size="small" startIcon={<AddIcon />} onClick={() => void begin()}>
							{t('list.new')}
						</Button>
					</>
				}
			/>
			<Box sx={{ px: 2, pb: 1 }}>
				<TextField
					fullWidth
					type="search"
					value={query}
					placeholder={t('list.search')}
					onChange={(event) => setQuery(event.target.value)}
					slotProps={{
						htmlInput: { 'aria-label': t('list.search'), dir: 'auto' },
						input: {
							startAdornment: (
								<InputAdornment position="start">
									<SearchIcon fontSize="small" />
								</InputAdornment>
							),
						},
					}}
				/>
			</Box>
			<Rows heads={found} openId={openId} />
			<Box sx={{ px: 3, pb: 1.5 }}>
				<DeletedLink />
			</Box>
			{isImporting && <ImportChats onClose={() => setImporting(false)} />}
			{query !== '' && found.length === 0 && <Typography sx={{ px: 3, py: 1, color: 'text.secondary' }}>{t('list.nothingFound')}</Typography>}
		</Box>
	);
}

function Rows({ heads, openId }: { heads: ConversationHead[]; openId: string | null }) {
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useVirtualizer({
		count: heads.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowHeightPx,
		overscan: 8,
		getItemKey: (index) => heads[index]?.id ?? index,
	});
	return (
		<Box ref={scroller} sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 1 }}>
			<Box role="list" sx={{ position: 'relative', height: rows.getTotalSize() }}>
				{rows.getVirtualItems().map((row) => {
					const head = heads[row.index];
					return (
						head && <ConversationRow key={head.id} head={head} isOpen={head.id === openId} topPx={row.start} position={row.index + 1} total={heads.length} />
					);
				})}
			</Box>
		</Box>
	);
}

function searchTitles(heads: ConversationHead[], query: string): ConversationHead[] {
	const wanted = query.trim().normalize('NFKC').toLowerCase();
	return wanted === '' ? heads : heads.filter((head) => head.title.normalize('NFKC').toLowerCase().includes(wanted));
}
