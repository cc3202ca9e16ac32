using Splade.AI;
using Splade.AI.Explanation;

namespace RagChat.Answering;

/// <summary>Explains why a passage has its sparse score for a question.</summary>
internal delegate Task<MatchExplanation> ExplainMatch(SparseVector query, string question, Source source, CancellationToken cancellationToken);
