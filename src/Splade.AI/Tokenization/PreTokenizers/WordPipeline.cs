using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>All pre-tokenizers of a tokenizer, and behind them the model.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class WordPipeline(PreTokenizer[] steps, SubwordModel model)
{
    /// <summary>Appends the tokens of a piece of text.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="destination">Takes the tokens.</param>
    /// <param name="step">Which step comes next; behind the last the piece is a word.</param>
    public void Append(AlignedText text, TokenBuffer destination, int step = 0)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (step < steps.Length)
        {
            steps[step].Append(text, this, step + 1, destination);
        }
        else
        {
            model.Append(text, destination);
        }
    }
}
