using Splade.AI.Explanation;
using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <content>What an explanation needs of how texts are read and vectors are made.</content>
internal sealed partial class SpladeCall
{
    /// <summary>How far a weight may be from the one that it is taken for: what storage in half precision and other batches change.</summary>
    private const float SameWeight = 1e-3f;

    /// <summary>Whether the texts' vectors are under a policy that may change them.</summary>
    public bool HasPolicy => _parts.Policy?.AppliesTo(InputType) == true;

    /// <summary>The tokens that are read of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Its position among those of the call.</param>
    /// <exception cref="ArgumentException">The prompt leaves windows no room.</exception>
    /// <exception cref="TextTooLongException">It has more tokens than are read, and that is refused.</exception>
    public TextTokens Tokenize(string text, int position)
    {
        TokenizationOptions options = LooksUp
            ? _parts.Queries!.Tokenization(Request)
            : _parts.Settings.Tokenization with { MaxTokens = Request.MaxTokens };
        if (Request.HasWindows && !LooksUp)
        {
            return TextTokens.ReadInWindows(Tokenizer, Request.Prompt, text, options, Request.WindowOverlap);
        }

        var tokens = TextTokens.Read(Tokenizer, Request.Prompt, text, options);
        return tokens.Truncated && Request.LongTexts == LongTextHandling.Throw
            ? throw new TextTooLongException(
                position, Tokenizer.CountTokens(Request.Prompt + text, options with { MaxTokens = int.MaxValue }), Request.MaxTokens)
            : tokens;
    }

    /// <summary>The tokens of a query that was looked up, as sources of its terms: each gives its own, whatever its place.</summary>
    public TermSources LookUpSources(TextTokens tokens, int mostTokens) => new()
    {
        ByTerm = tokens.Ids
            .Select((id, position) => (Id: id, Source: tokens.Source(position, _parts.Queries!.WeightOf(id))))
            .Where(t => t.Source.Activation > 0)
            .GroupBy(t => t.Id, t => t.Source)
            .ToDictionary(g => g.Key, g => g.Take(mostTokens).ToArray()),
    };

    /// <summary><see cref="Finish(SparseVector, int[])"/>, and what the policy did.</summary>
    public FinishedVector FinishAndTell(SparseVector vector, int[] textIds)
    {
        if (!HasPolicy)
        {
            return new FinishedVector(Finish(vector, textIds), AppliedPolicy.None);
        }

        PolicyOutcome outcome = _parts.Policy!.Trace(vector, textIds, InputType);
        return new FinishedVector(Trim(outcome.Vector), new AppliedPolicy(outcome));
    }

    /// <summary>What the policy did to a vector that is there already, if it is that of the text, whole or pruned; nothing of any other.</summary>
    /// <param name="given">The vector that is there.</param>
    /// <param name="vector">The model's own vector of the text.</param>
    /// <param name="textIds">The ids of the text.</param>
    public FinishedVector Recognise(SparseVector given, SparseVector vector, int[] textIds)
    {
        PolicyOutcome outcome = _parts.Policy!.Trace(vector, textIds, InputType);
        return new FinishedVector(given, IsPartOf(given, outcome.Vector) ? new AppliedPolicy(outcome) : AppliedPolicy.None);
    }

    private static bool IsPartOf(SparseVector part, SparseVector whole)
    {
        for (int i = 0; i < part.Count; i++)
        {
            float weight = part.Values[i];
            if (MathF.Abs(weight - whole[part.Indices[i]]) > SameWeight * Math.Max(1, weight))
            {
                return false;
            }
        }

        return part.Count > 0;
    }
}
