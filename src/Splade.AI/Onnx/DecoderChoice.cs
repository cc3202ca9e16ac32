using Splade.AI.Decoding;
using Splade.AI.Pooling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Chooses how a decoder that was cut off its graph is computed: through the screen where it leaves few entries, else in full.</summary>
internal static class DecoderChoice
{
    /// <summary>The screen costs four tenths of the full product, and what it leaves is computed in addition: beyond this it saves too little.</summary>
    private const double LargestShare = 0.4;

    /// <summary>
    /// So many numbers take 64 MB. An encoder of that width takes so long that reading the rows which the screen leaves costs nothing beside it: a
    /// microsecond or less each. Those of a smaller one are worth their memory.
    /// </summary>
    private const long LargeMatrix = 1 << 24;

    /// <summary>An ordinary text: its hidden states tell how large each dimension is. Any text would do, at the price of a looser bound.</summary>
    private const string Measured =
        "The quick brown fox jumps over the lazy dog while a committee of engineers, doctors and lawyers in Paris discusses 17 new rules about taxes, "
        + "medicine, software, music and the price of oil in 2024. How do I reset my password? Water boils at 100 degrees; \"no refunds\" were given "
        + "after March (see page 3).";

    /// <summary>Another one, to see what the screen leaves of a text that it was not measured on.</summary>
    private const string Tried =
        "Cells store energy in sugar and fat. The court found that the company had not paid its workers, and the shares fell by 8% within a week. "
        + "To install the driver, open the settings, choose a printer and follow the steps on the screen.";

    /// <param name="weights">The decoder's weights, which what is returned owns.</param>
    /// <param name="pooling">What to do with the logits of a text.</param>
    /// <param name="screen">Whether the screen may be used.</param>
    /// <param name="cascade">Is told whether a cascade is used, once that is known, and the share of products that it makes; null to have none.</param>
    /// <param name="hidden">Gives the hidden states of a text.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="maxTokens">The most tokens that the model reads.</param>
    public static (IVocabularyDecoder Decoder, double? ShareOfCandidates) Create(
        DecoderWeights weights,
        LogitPooling pooling,
        bool screen,
        Action<bool, double>? cascade,
        Func<int[], float[]> hidden,
        Tokenizer tokenizer,
        int maxTokens)
    {
        double? share = null;
        if (screen)
        {
            ScreenScale scale = ScreenScale.Measure(hidden(Ids(Measured)), weights.Width);
            var tried = new HiddenStates(hidden(Ids(Tried)));
            bool isLarge = (long)weights.Columns * weights.Width >= LargeMatrix;
            var screened = new ScreenedDecoder(weights, pooling, scale)
            {
                Learner = cascade is not null && !isLarge && CascadeStages.Suit(weights, pooling) ? new CascadeLearner(weights, cascade) : null,
            };
            share = screened.ShareOfCandidates(tried);
            if (share <= LargestShare)
            {
                if (isLarge)
                {
                    weights.Unmap();
                }

                return (screened, share);
            }

            screened.DisposeScreen();
        }

        using (weights)
        {
            return (new FullDecoder(weights, pooling), share);
        }

        int[] Ids(string text) => tokenizer.Encode(text, new TokenizationOptions { MaxTokens = maxTokens }).Ids.ToArray();
    }
}
