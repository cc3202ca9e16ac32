using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using RagChat.Answering;

namespace RagChat.Chat;

/// <summary>Whether a passage has a word like each one of a question. "Can the grinder grind pepper?" sounds as if a manual of a coffee
/// grinder answered it; only the pepper, which has no kin there, tells that it does not.</summary>
internal static class WordKinship
{
    /// <summary>The cosine between that content word of the question which the passage knows least and the passage's word next to it.</summary>
    /// <returns>From -1 to 1; 1 if every word is there, or the question has no content word.</returns>
    public static async Task<float> WeakestAsync(
        IEmbeddingGenerator<string, Embedding<float>> dense, string question, QuotedPassage passage, CancellationToken cancellationToken)
    {
        string[] known = ContentWords.Of($"{passage.About} {passage.Text}");
        string[] asked = [.. ContentWords.Of(question).Except(known)];
        if (asked.Length == 0 || known.Length == 0)
        {
            return asked.Length == 0 ? 1 : -1;
        }

        GeneratedEmbeddings<Embedding<float>> vectors = await dense.GenerateAsync([.. asked, .. known], cancellationToken: cancellationToken);
        ReadOnlyMemory<float>[] kin = [.. vectors.Skip(asked.Length).Select(v => v.Vector)];
        return vectors.Take(asked.Length).Min(word => kin.Max(k => TensorPrimitives.CosineSimilarity(word.Vector.Span, k.Span)));
    }
}
