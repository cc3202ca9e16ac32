using System.Linq.Expressions;
using System.Reflection;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Makes conditions compare times as indexes do, those of the kind Local as instants in UTC: <see cref="Instants"/>.</summary>
internal sealed class InstantComparisons : ExpressionVisitor
{
    private static readonly MethodInfo OfTime = new Func<DateTime, DateTime>(Instants.Of).Method;
    private static readonly MethodInfo OfNullable = new Func<DateTime?, DateTime?>(Instants.Of).Method;

    // What does not depend on the record is a constant by now. One that is a time is left to what compares it.
    protected override Expression VisitConstant(ConstantExpression node) => node.Value switch
    {
        DateTime when node.Type != typeof(object) => node,
        object value when Instants.Of(value) is object instants && !ReferenceEquals(instants, value) => Expression.Constant(instants, node.Type),
        IEnumerable<DateTime> times when node.Type.IsAssignableFrom(typeof(DateTime[])) => Expression.Constant(times.Select(Instants.Of).ToArray(), node.Type),
        _ => node,
    };

    protected override Expression VisitNewArray(NewArrayExpression node) =>
        node.NodeType == ExpressionType.NewArrayInit ? node.Update(Visit(node.Expressions).Select(Instant)) : base.VisitNewArray(node);

    protected override Expression VisitBinary(BinaryExpression node) => Compares(node.NodeType)
        ? node.Update(Instant(Visit(node.Left)), node.Conversion, Instant(Visit(node.Right)))
        : base.VisitBinary(node);

    protected override Expression VisitMethodCall(MethodCallExpression node) => Compares(node.Method.Name)
        ? node.Update(node.Object is null ? null : Instant(Visit(node.Object)), Visit(node.Arguments).Select(Instant))
        : base.VisitMethodCall(node);

    private static bool Compares(ExpressionType operation) => operation
        is ExpressionType.Equal or ExpressionType.NotEqual
        or ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual
        or ExpressionType.Subtract;

    private static bool Compares(string method) => method
        is nameof(DateTime.Equals) or nameof(DateTime.Compare) or nameof(DateTime.CompareTo) or nameof(DateTime.Subtract) or nameof(Enumerable.Contains);

    private static Expression Instant(Expression value) => value switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } boxed when boxed.Type == typeof(object) => boxed.Update(Instant(boxed.Operand)),
        _ when value.Type == typeof(DateTime) => Expression.Call(OfTime, value),
        _ when value.Type == typeof(DateTime?) => Expression.Call(OfNullable, value),
        _ => value,
    };
}
