using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>Some texts as the rectangular arrays that a model takes: plain data between tokenizer and model.</summary>
internal sealed class TokenBatch
{
    /// <param name="texts">The token ids of at least one text, each with at least one token.</param>
    /// <param name="padTokenId">The id that fills the rows of shorter texts. The mask keeps the model from reading it.</param>
    /// <param name="typeIds">The segment of each token of each text, empty for a text of one segment; null where all are.</param>
    public TokenBatch(IReadOnlyList<int[]> texts, int padTokenId, IReadOnlyList<int[]>? typeIds = null)
    {
        Debug.Assert(texts.Count > 0 && texts.All(t => t.Length > 0), "A batch has texts, and a text has tokens.");
        Lengths = texts.Select(t => t.Length).ToArray();
        Length = Lengths.Max();
        Ids = new long[Rows * Length];
        Mask = new long[Rows * Length];
        TypeIds = new long[Rows * Length];
        Array.Fill(Ids, padTokenId);
        for (int row = 0; row < Rows; row++)
        {
            Copy(texts[row], Ids, row);
            Copy(typeIds?[row] ?? [], TypeIds, row);
            Mask.AsSpan(row * Length, Lengths[row]).Fill(1);
        }
    }

    /// <summary>How many texts.</summary>
    public int Rows => Lengths.Length;

    /// <summary>The token count of the longest text: the length of each row.</summary>
    public int Length { get; }

    /// <summary>The token count of each text.</summary>
    public int[] Lengths { get; }

    /// <summary>Token ids, shape <c>[rows, length]</c>.</summary>
    public long[] Ids { get; }

    /// <summary>1 for a token, 0 for padding, shape <c>[rows, length]</c>.</summary>
    public long[] Mask { get; }

    /// <summary>The segment of each token, 0 for a text and 0 or 1 for a pair of texts. Shape <c>[rows, length]</c>.</summary>
    public long[] TypeIds { get; }

    private void Copy(int[] numbers, long[] target, int row)
    {
        Span<long> place = target.AsSpan(row * Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            place[i] = numbers[i];
        }
    }
}
