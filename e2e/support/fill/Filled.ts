/** What a filled Homeroom has, as the addresses of its screens name it. */
export interface Filled {
	modelId: string;
	conversationId: string;
	assignmentId: string;
	projectId: string;
	glossaryId: string;
	conversionId: string;
	datasetId: string;
	runId: string;
	/** Another run to compare the first with. */
	otherRunId: string;
	/** Of somebody other than the owner. */
	accountId: string;
}
