using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>A long story of writes that is the same each time: what one process did, another one can tell.</summary>
internal sealed class ScriptedWrites(int seed)
{
    public const int Dimensions = 40;

    private const int Keys = 200;

    /// <summary>All positions that vectors may have.</summary>
    public static IReadOnlyList<int> Positions { get; } = [.. Enumerable.Range(0, Dimensions)];

    /// <summary>The inverse document frequencies of all positions, counted.</summary>
    public static IEnumerable<float> IdfOf(InsertionOrderedModel<string, SparseVector> model)
    {
        SparseVector[] vectors = [.. model.Entries.Select(entry => entry.Value)];
        return Positions.Select(position => (float)CountedFrequencies.Idf(vectors, position));
    }

    public static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    /// <summary>Does one of the writes to an index.</summary>
    public void Do(int step, SparseIndex<string> index) => Do(step, new ScriptedSparseIndex(index));

    /// <summary>Does one of the writes.</summary>
    public void Do(int step, IScriptedIndex index)
    {
        (string[] removed, (string, SparseVector)[] added) = Write(step);
        if (removed.Length > 0)
        {
            index.Remove(removed);
        }
        else
        {
            index.Upsert(added);
        }
    }

    /// <summary>Does one of the writes to a model.</summary>
    public void Do(int step, InsertionOrderedModel<string, SparseVector> model)
    {
        (string[] removed, (string, SparseVector)[] added) = Write(step);
        model.Remove(removed);
        model.Upsert(added);
    }

    /// <summary>What there is after so many of the writes.</summary>
    public InsertionOrderedModel<string, SparseVector> After(int steps)
    {
        var model = new InsertionOrderedModel<string, SparseVector>();
        for (int step = 0; step < steps; step++)
        {
            Do(step, model);
        }

        return model;
    }

    // Small ones go into the log, large ones are segments at once.
    private (string[] Removed, (string, SparseVector)[] Added) Write(int step)
    {
        var vectors = new GeneratedVectors(HashCode(seed, step));
        return vectors.Next(100) switch
        {
            < 15 => ([.. Enumerable.Range(0, 1 + vectors.Next(5)).Select(_ => Key())], []),
            < 25 => ([], Items(20 + vectors.Next(20))),
            _ => ([], Items(1 + vectors.Next(3))),
        };

        string Key() => $"key {vectors.Next(Keys)}";

        (string, SparseVector)[] Items(int count) => [.. Enumerable.Range(0, count).Select(_ => (Key(), vectors.Sparse(Dimensions, 10)))];
    }

    // The same in every process.
    private static int HashCode(int seed, int step) => (seed * 7919) + (step * 104729);
}
