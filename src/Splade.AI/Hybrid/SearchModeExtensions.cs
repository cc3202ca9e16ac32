namespace Splade.AI.Hybrid;

internal static class SearchModeExtensions
{
    public static bool Uses(this SearchMode mode, VectorKind kind) => mode switch
    {
        SearchMode.Sparse => kind == VectorKind.Sparse,
        SearchMode.Dense => kind == VectorKind.Dense,
        _ => true,
    };
}
