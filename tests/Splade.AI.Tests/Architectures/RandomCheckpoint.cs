using System.Runtime.InteropServices;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>A checkpoint of random weights, none of them 0 or 1, whose numbers are at hand.</summary>
internal sealed class RandomCheckpoint
{
    private readonly Random _random = new(7);
    private readonly Dictionary<string, (long[] Shape, float[] Values)> _tensors = [];

    /// <summary>The numbers of a tensor, row by row.</summary>
    public float[] this[string name] => _tensors[name].Values;

    public RandomCheckpoint Add(string name, params long[] shape)
    {
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(_random.NextDouble() - 0.5))];
        _tensors.Add(name, (shape, values));
        return this;
    }

    /// <summary>A linear layer.</summary>
    public RandomCheckpoint AddLayer(string name, int outputs, int inputs, bool hasBias = true)
    {
        Add(name + ".weight", outputs, inputs);
        return hasBias ? Add(name + ".bias", outputs) : this;
    }

    /// <summary>Two lists of numbers.</summary>
    public RandomCheckpoint AddNorm(string name, int width) => Add(name + ".weight", width).Add(name + ".bias", width);

    /// <summary>Writes the numbers into a file, one tensor behind the other.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="byColumns">Which matrices are to lie there column by column.</param>
    public Checkpoint Write(TemporaryFolder folder, Func<string, bool>? byColumns = null)
    {
        var file = new MemoryStream();
        var tensors = new Dictionary<string, WeightTensor>();
        foreach ((string name, (long[] shape, float[] values)) in _tensors)
        {
            bool isTransposed = shape.Length == 2 && byColumns?.Invoke(name) == true;
            float[] stored = isTransposed ? ByColumns(values, (int)shape[0], (int)shape[1]) : values;
            tensors.Add(name, new WeightTensor(
                name, folder.PathOf("weights"), file.Position, stored.Length * sizeof(float), WeightType.Float32, "F32", shape)
            {
                IsTransposed = isTransposed,
            });
            file.Write(MemoryMarshal.AsBytes(stored.AsSpan()));
        }

        return new Checkpoint([folder.Write("weights", file.ToArray())], tensors);
    }

    private static float[] ByColumns(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => values[(i % rows * columns) + (i / rows)])];
}
