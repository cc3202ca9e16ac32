namespace Splade.AI.Hybrid.Filtering;

/// <summary>The names of a filter's properties in JSON; those of comparisons as Qdrant and MongoDB have them.</summary>
internal static class FilterNames
{
    public const string Field = "field";
    public const string Equal = "eq";
    public const string In = "in";
    public const string AtLeast = "gte";
    public const string Above = "gt";
    public const string AtMost = "lte";
    public const string Below = "lt";
    public const string Exists = "exists";
    public const string All = "all";
    public const string Any = "any";
    public const string Not = "not";
}
