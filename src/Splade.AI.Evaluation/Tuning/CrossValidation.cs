using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>Represents the outcome of cross-validation: the fusion of each query that was chosen without it, its value, and the choice of each fold.</summary>
internal sealed record CrossValidation(double[] Values, HybridFusion[] Fusions, HybridFusion[] Choices)
{
    private const int Folds = 5;

    /// <summary>Deals the queries into folds, and measures each fold under the fusion that was best on the others.</summary>
    /// <param name="grid">The fusions.</param>
    /// <param name="values">The values of each fusion for each query.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="seed">The seed of the dealing.</param>
    public static CrossValidation Of(IReadOnlyList<HybridFusion> grid, double[][] values, int count, int seed)
    {
        int folds = Math.Min(Folds, count);
        int[] dealt = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(dealt);
        double[] heldOut = new double[count];
        var fusions = new HybridFusion[count];
        var choices = new HybridFusion[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] held = [.. dealt.Where((_, place) => place % folds == fold)];
            int[] others = [.. dealt.Where((_, place) => place % folds != fold)];
            int best = Enumerable.Range(0, grid.Count).MaxBy(candidate => others.Sum(query => values[candidate][query]));
            choices[fold] = grid[best];
            foreach (int query in held)
            {
                heldOut[query] = values[best][query];
                fusions[query] = grid[best];
            }
        }

        return new CrossValidation(heldOut, fusions, choices);
    }
}
