using RagChat.Documents;
using Splade.AI.Hybrid;

namespace RagChat.Answering;

/// <summary>A passage that was found for a question, and how it got its place.</summary>
internal sealed record Source(Passage Passage, HybridHit Hit);
