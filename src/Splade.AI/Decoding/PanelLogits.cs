namespace Splade.AI.Decoding;

/// <summary>Gives the logits of the entries of one panel for each token: the same bits that pooling starts from.</summary>
internal static unsafe class PanelLogits
{
    /// <param name="hidden">Shape <c>[tokens, width]</c>.</param>
    /// <param name="width">The length of a hidden state.</param>
    /// <param name="entries">How many columns of the panel count.</param>
    /// <param name="scratch">Has the panel of these entries, and their bias.</param>
    /// <param name="logits">Shape <c>[tokens, entries]</c>: receives the logits, bias added.</param>
    public static void Read(ReadOnlySpan<float> hidden, int width, int entries, PanelScratch scratch, Span<float> logits)
    {
        int tokens = hidden.Length / width;
        float* all = scratch.Logits(tokens);
        fixed (float* states = hidden)
        {
            PanelKernel.Multiply(states, tokens, width, scratch.Panel(width), all);
        }

        for (int token = 0; token < tokens; token++)
        {
            for (int i = 0; i < entries; i++)
            {
                logits[(token * entries) + i] = all[(token * PanelKernel.Columns) + i] + scratch.Bias[i];
            }
        }
    }
}
