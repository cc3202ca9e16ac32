namespace Splade.AI.Remote.Requests;

/// <summary>The scores of a call's texts, as answers give them: each text once.</summary>
/// <param name="count">How many texts there are.</param>
/// <param name="unreadable">The error of an answer that says otherwise.</param>
/// <remarks>Answers to different texts may be put at the same time.</remarks>
internal sealed class TextScores(int count, Func<string, RemoteEncoderException> unreadable)
{
    private readonly float?[] _scores = new float?[count];

    /// <summary>Puts the scores of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="scores">Its scores, by places in the batch, in any order.</param>
    /// <exception cref="RemoteEncoderException">A score is missing, given twice, of no text, or no number.</exception>
    public void Put(TextBatch batch, IReadOnlyCollection<(int Index, float Score)> scores)
    {
        if (scores.Count != batch.Count)
        {
            throw unreadable($"found {scores.Count} scores for {batch.Count} texts.");
        }

        foreach ((int index, float score) in scores)
        {
            if (index < 0 || index >= batch.Count || _scores[batch.Start + index] is not null)
            {
                throw unreadable($"found a score for the text at {index}, expected one for each of {batch.Count} texts.");
            }

            _scores[batch.Start + index] = float.IsFinite(score) ? score : throw unreadable($"the score of the text at {index} is {score}, expected a finite number.");
        }
    }

    /// <summary>The results, best first; equals stay in the order of the texts.</summary>
    /// <param name="activate">What makes a score of a logit.</param>
    /// <param name="top">How many are wanted; null for all.</param>
    public IReadOnlyList<RerankResult> ToResults(Func<float, float> activate, int? top) =>
    [
        .. _scores
            .Select((score, index) => new RerankResult(index, activate(score!.Value), score.Value, Truncated: false))
            .OrderByDescending(result => result.Logit)
            .Take(top ?? int.MaxValue),
    ];

    /// <summary>A query and texts from a caller, checked.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public static void Check(string query, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null)
            {
                throw new ArgumentException($"The text at position {i} is null. Leave it out, or give an empty text.", nameof(texts));
            }
        }
    }
}
