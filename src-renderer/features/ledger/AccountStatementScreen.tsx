import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Statement } from './Statement.tsx';

/** The statement of the account that the address names, for an administrator. */
export function AccountStatementScreen() {
	const { accountId = '' } = useParams();
	const { t } = useTranslation('ledger');
	const [account, setAccount] = useState<{ id: string; name: string } | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		let isCurrent = true;
		client.accounts.people().then(
			// A deleted account has no name, and its entries are there all the same.
			(people) => isCurrent && setAccount({ id: accountId, name: people.find(({ id }) => id === accountId)?.name ?? t('use.deletedAccount') }),
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [accountId, t]);
	if (account === null) {
		return (
			<Page title={t('statement.title')}>
				<ErrorNotice error={error} />
			</Page>
		);
	}
	return <Statement key={account.id} account={account} />;
}
