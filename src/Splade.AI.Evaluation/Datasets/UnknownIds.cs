using Splade.AI.Evaluation.Files;

namespace Splade.AI.Evaluation;

/// <summary>The ids in judgments that the collection does not have.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The first of them.</param>
/// <param name="Line">The line that names it.</param>
internal readonly record struct UnknownIds(int Count, string First, int Line)
{
    public static UnknownIds Of(IReadOnlyList<FileJudgment> judgments, Func<FileJudgment, string> idOf, Predicate<string> isKnown)
    {
        FileJudgment[] unknown = [.. judgments.Where(judgment => !isKnown(idOf(judgment))).DistinctBy(idOf, StringComparer.Ordinal)];
        return unknown.Length == 0 ? default : new UnknownIds(unknown.Length, idOf(unknown[0]), unknown[0].Line);
    }

    /// <summary>A sentence if there are any.</summary>
    public IEnumerable<string> Warn(string qrels, string kind, string path)
    {
        if (Count > 0)
        {
            string others = Count switch
            {
                1 => "",
                2 => ", nor is another one of the judgments",
                _ => $", nor are {Count - 1} others of the judgments",
            };
            yield return $"{qrels}, line {Line}: The {kind} '{First}' is not in {Path.GetFileName(path)}{others}.";
        }
    }
}
