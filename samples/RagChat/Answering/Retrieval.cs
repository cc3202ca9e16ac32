using Splade.AI;
using Splade.AI.Hybrid;

namespace RagChat.Answering;

/// <summary>What was found for a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Mode">How it was searched.</param>
/// <param name="Sources">The passages, best first.</param>
/// <param name="SparseQuery">The question's sparse vector; null in <see cref="SearchMode.Dense"/>.</param>
/// <param name="QuestionCut">Whether the question was longer than a model reads, so that its end had no part in the search.</param>
internal sealed record Retrieval(string Question, SearchMode Mode, IReadOnlyList<Source> Sources, SparseVector? SparseQuery, bool QuestionCut);
