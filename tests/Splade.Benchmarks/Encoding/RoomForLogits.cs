using System.Globalization;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Encoding;

/// <summary>Leaves out contenders whose tensors the machine has no memory for.</summary>
/// <param name="tokens">The tokens of the longest document.</param>
/// <param name="vocabulary">How many logits each has.</param>
internal sealed class RoomForLogits(int tokens, int vocabulary)
{
    private readonly List<string> _leftOut = [];

    /// <summary>Says what was left out, if anything.</summary>
    public string Notice => string.Concat(_leftOut);

    public bool Has(EncoderContender contender)
    {
        long needed = (long)contender.WholeTensorRows * tokens * vocabulary * sizeof(float) * FastEmbedArithmetic.TensorsHeld;
        long available = ProcessMemory.Available;
        if (needed > available)
        {
            _leftOut.Add(string.Create(
                CultureInfo.InvariantCulture, $" {contender.Name} is left out: it needs {needed / 1e9:N1} GB, and {available / 1e9:N1} GB are free."));
        }

        return needed <= available;
    }
}
