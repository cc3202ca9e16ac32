namespace Splade.AI.Hybrid;

internal static class SearchModeExtensions
{
    public static bool UsesSparse(this SearchMode mode) => mode != SearchMode.Dense;

    public static bool UsesDense(this SearchMode mode) => mode != SearchMode.Sparse;
}
