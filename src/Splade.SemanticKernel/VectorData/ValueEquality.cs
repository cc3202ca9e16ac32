using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace Splade.SemanticKernel.VectorData;

/// <summary>
/// Makes conditions compare objects by their values, as records are read anew each time and references never are the same, and answer where a dictionary
/// lacks a value.
/// </summary>
/// <param name="property">Is shown what may be a property of the record.</param>
internal sealed class ValueEquality(Action<Expression> property) : ExpressionVisitor
{
    private static readonly MethodInfo Compare = new Func<object?, object?, bool>(AreEqual).Method;

    [return: NotNullIfNotNull(nameof(node))]
    public override Expression? Visit(Expression? node)
    {
        Expression? visited = base.Visit(node);
        return node is not null && UnboxedValues.IsCondition(node) ? UnboxedValues.Guard(node, visited!) : visited;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        property(node);
        return base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        property(node);
        return base.VisitMethodCall(node);
    }

    protected override Expression VisitBinary(BinaryExpression node)
    {
        if (node is not { NodeType: ExpressionType.Equal or ExpressionType.NotEqual, Method: null }
            || node.Left.Type.IsValueType || node.Right.Type.IsValueType)
        {
            return base.VisitBinary(node);
        }

        Expression equal = Expression.Call(
            Compare, Expression.Convert(Visit(node.Left), typeof(object)), Expression.Convert(Visit(node.Right), typeof(object)));
        return node.NodeType == ExpressionType.Equal ? equal : Expression.Not(equal);
    }

    private static bool AreEqual(object? left, object? right) =>
        left is IEnumerable items and not string && right is IEnumerable others and not string
            ? items.Cast<object?>().Select(Instants.Of).SequenceEqual(others.Cast<object?>().Select(Instants.Of))
            : Equals(Instants.Of(left), Instants.Of(right));
}
