import ReceiptIcon from '@mui/icons-material/ReceiptLongOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { SaveCsvButton } from './SaveCsvButton.tsx';
import { StatementFigures } from './StatementFigures.tsx';
import { StatementFilters } from './StatementFilters.tsx';
import { StatementTable } from './StatementTable.tsx';
import { filterOf, noChoice, type StatementChoice } from './statementChoice.ts';
import { useStatement } from './useStatement.ts';

interface Props {
	/** Whose; null: the reader's own. Others are for an administrator alone. */
	account: { id: string; name: string } | null;
}

/** The statement of an account: how it stands, and below every grant and every piece of work that a filter lets through, newest first. */
export function Statement({ account }: Props) {
	const { t } = useTranslation('ledger');
	const { t: ui } = useTranslation('ui');
	const scroller = useRef<HTMLDivElement>(null);
	const [choice, setChoice] = useState<StatementChoice>(noChoice);
	const filter = filterOf(choice, Date.now());
	const { read, sums, error, readMore } = useStatement(account?.id ?? null, filter);
	const ask = () => (account === null ? client.ledger.exportStatement(filter) : client.ledger.exportStatementOf({ accountId: account.id, ...filter }));
	const isEmpty = read !== null && read.lines.length === 0;
	return (
		<Page
			title={account === null ? t('statement.title') : t('statement.titleOf', { name: account.name })}
			scroller={scroller}
			action={<SaveCsvButton ask={ask} isDisabled={read === null || isEmpty} />}
		>
			<StatementFigures accountId={account?.id ?? null} sums={sums} />
			<StatementFilters choice={choice} onChange={setChoice} />
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: readMore }} sx={{ mb: 2 }} />
			{read !== null && !isEmpty && <StatementTable lines={read.lines} hasMore={read.cursor !== null} scroller={scroller} onEnd={readMore} />}
			{isEmpty && choice === noChoice && <EmptyState icon={<ReceiptIcon />} title={t('statement.emptyTitle')} text={t('statement.emptyText')} />}
			{isEmpty && choice !== noChoice && (
				<Box sx={{ py: 2, display: 'flex', alignItems: 'center', gap: 2 }}>
					<Typography sx={{ color: 'text.secondary' }}>{t('statement.nothing')}</Typography>
					<Button size="small" onClick={() => setChoice(noChoice)}>
						{t('statement.showAll')}
					</Button>
				</Box>
			)}
		</Page>
	);
}
